export { startTestPostgres, type TestPostgres } from './startTestPostgres';
