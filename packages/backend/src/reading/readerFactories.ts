import {
  AwsS3UrlReader,
  AzureBlobStorageUrlReader,
  AzureUrlReader,
  BitbucketCloudUrlReader,
  BitbucketServerUrlReader,
  FetchUrlReader,
  GerritUrlReader,
  GiteaUrlReader,
  GithubUrlReader,
  GitlabUrlReader,
  HarnessUrlReader,
  ReaderFactory,
} from '@backstage/backend-defaults/urlReader';
import { RootConfigService } from '@backstage/backend-plugin-api';

const byIntegration: Record<string, ReaderFactory> = {
  awsS3: AwsS3UrlReader.factory,
  azure: AzureUrlReader.factory,
  azureBlobStorage: AzureBlobStorageUrlReader.factory,
  bitbucketCloud: BitbucketCloudUrlReader.factory,
  bitbucketServer: BitbucketServerUrlReader.factory,
  gerrit: GerritUrlReader.factory,
  gitea: GiteaUrlReader.factory,
  github: GithubUrlReader.factory,
  gitlab: GitlabUrlReader.factory,
  harness: HarnessUrlReader.factory,
};

/**
 * Readers of the integrations that the configuration names, and of the hosts in
 * `backend.reading.allow`. Backstage adds public hosts that nobody asked for,
 * Amazon S3 with the credentials of the machine among them (integration,
 * `readAwsS3IntegrationConfigs`).
 */
export function readerFactories(config: RootConfigService): ReaderFactory[] {
  const wanted = Object.entries(byIntegration)
    .filter(([name]) => config.has(`integrations.${name}`))
    .map(([, factory]) => factory);
  return [...wanted, FetchUrlReader.factory];
}
