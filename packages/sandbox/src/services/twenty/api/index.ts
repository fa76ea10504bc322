import express from 'express';
import { createSchema, createYoga } from 'graphql-yoga';
import { Twenty } from '../model';
import { authenticate } from './authenticate';
import { metadataResolvers, metadataTypeDefs } from './metadata';
import { createRecordApis } from './objects';
import { RateLimit } from './rateLimit';
import { createResolvers } from './resolvers';
import { createRestRouter } from './rest';
import { typeDefs } from './typeDefs';

/** The APIs of the workspace for the holder of the key: core at `/graphql` and `/rest`, metadata at `/metadata`. */
export function createApis(
  twenty: Twenty,
  key: string,
  limit: RateLimit,
): express.Router {
  const records = createRecordApis(twenty, () => limit.take());
  const api = (
    graphqlEndpoint: string,
    schema: ReturnType<typeof createSchema>,
  ) =>
    createYoga({
      graphqlEndpoint,
      schema,
      landingPage: false,
      graphiql: false,
      maskedErrors: false,
      logging: false,
      plugins: [
        {
          onParams({ request, setResult }) {
            try {
              authenticate(request.headers.get('authorization'), key);
            } catch (error) {
              // As the real server: an error in an answer of 200 (`middleware.service.ts`).
              setResult({ errors: [error] } as Parameters<typeof setResult>[0]);
            }
          },
        },
      ],
    });
  const router = express.Router();
  router.use(
    '/graphql',
    api(
      '/graphql',
      createSchema({ typeDefs, resolvers: createResolvers(twenty, records) }),
    ),
  );
  router.use(
    '/metadata',
    api(
      '/metadata',
      createSchema({
        typeDefs: metadataTypeDefs,
        resolvers: metadataResolvers,
      }),
    ),
  );
  router.use('/rest', createRestRouter(records, key));
  return router;
}
