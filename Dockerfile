# syntax=docker/dockerfile:1
# Two images from one build: `portal` (the default) and, with --target bootstrap, `bootstrap`.
# The stages are those of Backstage's multi-stage build: manifests, build, runtime.

FROM node:24.12.0-trixie-slim AS base
# The images have Yarn 1; this is the version of package.json's `packageManager`.
RUN npm install --global --force @yarnpkg/cli-dist@4.13.0

# Manifests alone: the layer of the installation changes only when they do.
FROM base AS manifests
WORKDIR /app
COPY . .
RUN mkdir -p .yarn && \
    find packages plugins -mindepth 2 -maxdepth 2 ! -name package.json -exec rm -rf {} +

FROM base AS build
USER node
WORKDIR /app
COPY --from=manifests --chown=node:node /app/package.json /app/yarn.lock /app/.yarnrc.yml /app/backstage.json ./
COPY --from=manifests --chown=node:node /app/.yarn .yarn
COPY --from=manifests --chown=node:node /app/packages packages
COPY --from=manifests --chown=node:node /app/plugins plugins
RUN --mount=type=cache,target=/home/node/.yarn/berry/cache,uid=1000,gid=1000 yarn install --immutable
COPY --chown=node:node . .
RUN yarn tsc && \
    yarn workspace backend build && \
    yarn workspace @formulary/bootstrap bundle && \
    mkdir -p dist/skeleton dist/bundle && \
    tar xzf packages/backend/dist/skeleton.tar.gz -C dist/skeleton && \
    tar xzf packages/backend/dist/bundle.tar.gz -C dist/bundle

# What prepares the services (deploy/compose). Gitea's program makes what its API can't;
# it is built for Alpine, so that this image is Alpine too.
FROM docker.gitea.com/gitea:1.25.4-rootless AS gitea

FROM node:24.12.0-alpine3.22 AS bootstrap
RUN apk add --no-cache git && \
    install -d -o node -g node /run/formulary
COPY --from=gitea /usr/local/bin/gitea /usr/local/bin/gitea
WORKDIR /app
COPY --from=build /app/packages/bootstrap/dist/bootstrap.cjs ./
COPY formulas formulas
USER node
ENV NODE_ENV=production
ENTRYPOINT ["node", "bootstrap.cjs"]
CMD ["apply", "--output", "/run/formulary"]

FROM base AS portal
RUN install -d -o node -g node /app /run/formulary
USER node
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build --chown=node:node /app/package.json /app/yarn.lock /app/.yarnrc.yml /app/backstage.json ./
COPY --from=build --chown=node:node /app/.yarn .yarn
COPY --from=build --chown=node:node /app/dist/skeleton ./
RUN --mount=type=cache,target=/home/node/.yarn/berry/cache,uid=1000,gid=1000 yarn workspaces focus --all --production
COPY --from=build --chown=node:node /app/dist/bundle ./
COPY --chown=node:node app-config.yaml app-config.production.yaml app-config.logto.yaml catalog-info.yaml ./
COPY --chown=node:node packages/backend/rbac packages/backend/rbac
COPY --chown=node:node formulas formulas
EXPOSE 7007
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:7007/.backstage/health/v1/readiness').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "packages/backend", "--config", "app-config.yaml", "--config", "app-config.production.yaml"]
