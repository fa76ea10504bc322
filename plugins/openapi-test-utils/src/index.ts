export { documentedRoutes, routesOf } from './routes';
export { wireFormat } from './wireFormat';
