import express from 'express';
import Router from 'express-promise-router';
import { GraphQLError } from 'graphql';
import { RecordRow } from '../model';
import { authenticate } from './authenticate';
import { badInput } from './errors';
import { Filter } from './filter';
import { RecordApi, RecordApis } from './objects';

/** Statuses of `get-auth-exception-rest-status.util.ts` and the handlers beside it. */
const handleErrors: express.ErrorRequestHandler = (
  error,
  _request,
  response,
  next,
) => {
  if (!(error instanceof GraphQLError)) {
    next(error);
    return;
  }
  const { code, subCode } = error.extensions;
  const [status, name] =
    subCode === 'LIMIT_REACHED'
      ? [429, 'HttpException']
      : {
          UNAUTHENTICATED: [401, subCode],
          FORBIDDEN: [403, subCode],
          NOT_FOUND: [404, 'NotFoundException'],
        }[String(code)] ?? [400, 'BadRequestException'];
  response
    .status(Number(status))
    .json({ statusCode: status, error: name, messages: [error.message] });
};

/**
 * The part of the REST API that lists and creates records
 * (`rest-api-find-many.handler.ts`, `rest-api-create-one.handler.ts`).
 */
export function createRestRouter(
  records: RecordApis,
  key: string,
): express.Router {
  const router = Router();
  router.use(express.json());
  router.use((request, _response, next) => {
    authenticate(request.get('authorization'), key);
    next();
  });
  addObject(router, records.people);
  addObject(router, records.companies);
  addObject(router, records.opportunities);
  router.use(handleErrors);
  return router;
}

function addObject<T extends RecordRow>(
  router: express.Router,
  records: RecordApi<T>,
) {
  const { single, plural } = records.definition;
  router.get(`/${plural}`, (request, response) => {
    const { filter, limit, starting_after: after } = request.query;
    const { edges, totalCount, pageInfo } = records.findMany({
      filter: parseFilter(String(filter ?? '')),
      first: limit === undefined ? 60 : Number(limit),
      after: after === undefined ? undefined : String(after),
    });
    response.json({
      data: { [plural]: edges.map(({ node }) => node) },
      totalCount,
      pageInfo,
    });
  });
  router.post(`/${plural}`, (request, response) => {
    const [record] = records.create([request.body], false);
    const type = single[0].toUpperCase() + single.slice(1);
    response.status(201).json({ data: { [`create${type}`]: record } });
  });
}

/** `emails.primaryEmail[eq]:bob@acme.example`, several of them with commas between. */
function parseFilter(text: string): Filter {
  const conditions = text === '' ? [] : text.split(',');
  return {
    and: conditions.map(condition => {
      const match = condition.match(/^([\w.]+)\[(\w+)\]:"?(.*?)"?$/s);
      if (!match) {
        throw badInput(`'filter' invalid for '${condition}'`, {
          subCode: 'INVALID_ARGS_FILTER',
        });
      }
      const [, path, comparison, value] = match;
      return path
        .split('.')
        .reduceRight<Filter>((inner, field) => ({ [field]: inner }), {
          [comparison]: value,
        });
    }),
  };
}
