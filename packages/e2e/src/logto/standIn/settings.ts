/** What Logto's stand-in is started with, as JSON in `LOGTO_STAND_IN`. */
export interface StandInSettings {
  port: number;
  /** Address of the portal, which people come from and events go to. */
  portal: string;
  clientId: string;
  clientSecret: string;
  /** Signs events. */
  signingKey: string;
}
