import { createSchema, createYoga } from 'graphql-yoga';
import { RateLimit } from './rateLimit';
import { unauthenticated } from './errors';
import { metadataResolvers, metadataTypeDefs } from './metadata';
import { createResolvers } from './resolvers';
import { typeDefs } from './typeDefs';
import { sameText } from '../../../core/sameText';
import { Twenty } from '../model';

/** The core API at `/graphql` and the metadata API at `/metadata`, for the holder of the API key. */
export function createApis(twenty: Twenty, token: string, limit: RateLimit) {
  const authorise = (request: Request) => {
    const given = request.headers.get('authorization') ?? '';
    if (!sameText(given, `Bearer ${token}`)) throw unauthenticated();
    limit.take();
  };
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
              authorise(request);
            } catch (error) {
              // As the real server: an error in an answer of 200.
              setResult({ errors: [error] } as Parameters<typeof setResult>[0]);
            }
          },
        },
      ],
    });
  return {
    core: api(
      '/graphql',
      createSchema({ typeDefs, resolvers: createResolvers(twenty) }),
    ),
    metadata: api(
      '/metadata',
      createSchema({
        typeDefs: metadataTypeDefs,
        resolvers: metadataResolvers,
      }),
    ),
  };
}
