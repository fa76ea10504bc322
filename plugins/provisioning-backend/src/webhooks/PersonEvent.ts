/** What an event tells about a person. */
export type EventPurpose = 'joins' | 'changes' | 'leaves';

/** An event about people, in the words of no identity provider. */
export interface PersonEvent {
  /** The identity provider's own name of the event. */
  type: string;
  /** What it tells; undefined when nothing is to be done for it. */
  purpose?: EventPurpose;
  /** The identity provider's ids of the people whom the event is about. */
  subjects: string[];
  /** The username of the one person whom the event is about, when it says so. */
  username?: string;
  /** The identity provider's id of the organisation whose members changed, when the event does not name them all. */
  membersOf?: string;
  /** The same when the same event is sent again; undefined when only the bytes tell. */
  deliveryId?: string;
  /** When the identity provider made the event, where it says so. */
  createdAt?: Date;
}
