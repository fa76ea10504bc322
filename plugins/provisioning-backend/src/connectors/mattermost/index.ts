export { mattermostConnectorModule } from './module';
