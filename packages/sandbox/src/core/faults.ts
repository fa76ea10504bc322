import { setTimeout as delay } from 'node:timers/promises';
import express from 'express';
import { z } from 'zod';
import { SERVICE_NAMES, ServiceName } from './options';

/** One fault: which requests it hits, how often, and what happens to them. */
export const faultSchema = z
  .object({
    /** Only requests of this method. */
    method: z.string().toUpperCase().optional(),
    /** Only requests whose path matches this regular expression. */
    path: z
      .string()
      .refine(isRegularExpression, 'is not a regular expression')
      .optional(),
    /** Share of matching requests that are hit, 0 to 1. */
    probability: z.number().min(0).max(1).default(1),
    /** How many requests are hit before the fault is over; unlimited when absent. */
    times: z.number().int().positive().optional(),
    /** Milliseconds to wait before going on. */
    latencyMs: z.number().int().min(0).max(600_000).optional(),
    /** Answer with this status instead of serving the request. */
    status: z.number().int().min(400).max(599).optional(),
    /** Body of that answer. */
    body: z.string().optional(),
    /** `Retry-After` of that answer, in seconds. */
    retryAfterSeconds: z.number().int().min(0).optional(),
    /** Drop the connection: `before` the request is served, or `after`, so that its effect stands but the caller never learns. */
    drop: z.enum(['before', 'after']).optional(),
    /** Answer 200 with a body that is not what the API promises. */
    garbage: z.boolean().optional(),
  })
  .strict();

/** One fault, as the control API takes it. */
export type Fault = z.infer<typeof faultSchema>;

function isRegularExpression(source: string) {
  try {
    return Boolean(new RegExp(source));
  } catch {
    return false;
  }
}

/** Makes the stand-ins fail on demand, for tests. */
export class FaultInjector {
  private readonly faults = new Map<ServiceName, Fault[]>();

  constructor(private readonly random: () => number = Math.random) {}

  /** Replaces the faults of a service. */
  set(service: ServiceName, faults: Fault[]): void {
    this.faults.set(service, faults);
  }

  /** The faults in force, by service. */
  list(): Record<string, Fault[]> {
    return Object.fromEntries(
      SERVICE_NAMES.map(name => [name, this.faults.get(name) ?? []]),
    );
  }

  /** Express middleware that applies a service's faults before anything else. */
  middleware(service: ServiceName): express.RequestHandler {
    return async (request, response, next) => {
      const fault = this.take(service, request);
      if (!fault) {
        next();
        return;
      }
      if (fault.latencyMs) await delay(fault.latencyMs);
      if (fault.drop === 'before') {
        request.socket.destroy();
      } else if (fault.drop === 'after') {
        response.end = (() => {
          request.socket.destroy();
          return response;
        }) as typeof response.end;
        next();
      } else if (fault.garbage) {
        response
          .status(200)
          .type('html')
          .send('<html><body>It works!</body></html>');
      } else if (fault.status) {
        if (fault.retryAfterSeconds !== undefined) {
          response.set('Retry-After', String(fault.retryAfterSeconds));
        }
        response
          .status(fault.status)
          .type(fault.body?.startsWith('{') ? 'json' : 'text')
          .send(fault.body ?? 'injected fault');
      } else {
        next();
      }
    };
  }

  private take(service: ServiceName, request: express.Request) {
    const faults = this.faults.get(service) ?? [];
    const fault = faults.find(
      ({ method, path, probability }) =>
        (!method || method === request.method) &&
        (!path || new RegExp(path).test(request.path)) &&
        this.random() < probability,
    );
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times === 0) {
        this.faults.set(
          service,
          faults.filter(other => other !== fault),
        );
      }
    }
    return fault;
  }
}
