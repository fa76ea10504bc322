import {
  AuthService,
  BackstageCredentials,
  BackstageUserInfo,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DISABLED_ANNOTATION } from '@formulary/plugin-organization-sync-node';
import { SignInClaims, UserCredentials } from './SignInClaims';

/** How long an answer is good for; a membership that has ended counts for so long at most. */
const GOOD_FOR_MS = 5_000;

/** An answer, or the wait for it. */
interface Kept {
  info: Promise<BackstageUserInfo>;
  until: number;
}

/** Answers of all plugins of a backend, by user. */
export type KeptAnswers = Map<string, Kept>;

/**
 * Tells to which groups somebody belongs now: those that the catalog has them in,
 * once an organisation sync keeps them there; until then what their sign-in
 * claimed. Who was synced and is gone from the catalog, or is disabled, is refused
 * whatever the policies say.
 */
export class CurrentUserInfo implements UserInfoService {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      claims: { read(credentials: UserCredentials): Promise<SignInClaims> };
      /** Annotation of users that holds the identity provider's subject. */
      subjectAnnotation: string;
      kept: KeptAnswers;
    },
  ) {}

  /**
   * @throws NotAllowedError for people who may do nothing any more
   * @throws ForwardedError when neither catalog nor sign-in can be asked: nobody is let in by guess
   */
  async getUserInfo(
    credentials: BackstageCredentials,
  ): Promise<BackstageUserInfo> {
    const { auth, kept } = this.options;
    if (!auth.isPrincipal(credentials, 'user')) {
      throw new Error('Only user credentials are supported');
    }
    const now = Date.now();
    for (const [key, { until }] of kept) if (until <= now) kept.delete(key);
    const { userEntityRef } = credentials.principal;
    const known = kept.get(userEntityRef);
    if (known) return known.info;
    const info = this.look(credentials, userEntityRef);
    kept.set(userEntityRef, { info, until: now + GOOD_FOR_MS });
    try {
      return await info;
    } catch (error) {
      // That somebody is refused is an answer, too.
      if (!(error instanceof NotAllowedError)) kept.delete(userEntityRef);
      throw error;
    }
  }

  private async look(
    credentials: UserCredentials,
    userEntityRef: string,
  ): Promise<BackstageUserInfo> {
    const { auth, catalog, claims, subjectAnnotation } = this.options;
    const { ent, idp } = await claims.read(credentials);
    if (!idp) return { userEntityRef, ownershipEntityRefs: ent };
    const user = await catalog.getEntityByRef(userEntityRef, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    const annotations = user?.metadata.annotations ?? {};
    const subject = annotations[subjectAnnotation];
    if (!subject && !idp.synced) {
      return { userEntityRef, ownershipEntityRefs: ent };
    }
    // A role may have been given to the name itself, which is another's by now.
    if (subject !== idp.subject) {
      throw new NotAllowedError(
        `${userEntityRef} is gone from the identity provider, or somebody else by now. Sign in again; when that does not help, ask an administrator`,
      );
    }
    if (annotations[DISABLED_ANNOTATION]) {
      throw new NotAllowedError(
        `${userEntityRef} is disabled at the identity provider and may do nothing here. Ask an administrator to enable the account`,
      );
    }
    const groups = (user?.relations ?? []).filter(
      ({ type }) => type === RELATION_MEMBER_OF,
    );
    return {
      userEntityRef,
      ownershipEntityRefs: [
        userEntityRef,
        ...groups.map(({ targetRef }) => targetRef),
      ],
    };
  }
}
