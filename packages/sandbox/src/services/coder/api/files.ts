import { createHash } from 'node:crypto';
import express from 'express';
import Router from 'express-promise-router';
import { CoderAnswer, notFound } from '../answers';
import { Coder, uuid } from '../Coder';

/** `/files`: 201 for a new archive, 200 for one that is there (coderd/files.go). */
export function filesApi(coder: Coder): express.Router {
  const router = Router();
  const { files } = coder.state;

  router.post(
    '/files',
    express.raw({ type: () => true, limit: '100mb' }),
    (request, response) => {
      const caller = coder.authenticate(request);
      const type = request.get('Content-Type') ?? '';
      if (type !== 'application/x-tar') {
        throw new CoderAnswer(
          400,
          `Unsupported content type header ${JSON.stringify(type)}.`,
        );
      }
      const content = Buffer.isBuffer(request.body)
        ? request.body
        : Buffer.alloc(0);
      const hash = createHash('sha256').update(content).digest('hex');
      const existing = files.find('content', `${caller.id} ${hash}`);
      if (existing) {
        response.status(200).json({ hash: existing.id });
        return;
      }
      const file = files.put({
        id: coder.newId(),
        hash,
        creatorId: caller.id,
        content: content.toString('base64'),
      });
      response.status(201).json({ hash: file.id });
    },
  );

  router.get('/files/:file', (request, response) => {
    coder.authenticate(request);
    const file = files.get(uuid(request.params.file));
    if (!file) throw notFound();
    response
      .type('application/x-tar')
      .send(Buffer.from(file.content, 'base64'));
  });

  return router;
}
