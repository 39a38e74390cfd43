# All of it in one container, to try: docker build -t inkqueue . && docker run -p 8000:8000 inkqueue
# Redis, the api with the page, and the workers, as `npm start` runs them. docker-compose.yml has each in a container of its own.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY .npmrc package.json package-lock.json tsconfig.base.json ./
COPY shared/package.json shared/
COPY api/package.json api/
COPY worker/package.json worker/
COPY web/package.json web/
COPY scripts/package.json scripts/
RUN npm ci --workspace=shared --workspace=api --workspace=worker --workspace=web --workspace=scripts
COPY shared shared
COPY api api
COPY worker worker
COPY web web
COPY scripts scripts
RUN npx tsc -b api worker scripts && npm run build --workspace=web
RUN find shared/dist api/dist worker/dist scripts/dist -type f ! -name '*.js' ! -name '*.mjs' -delete

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
COPY shared/package.json shared/
COPY api/package.json api/
COPY worker/package.json worker/
COPY scripts/package.json scripts/
# As in Dockerfile.api and Dockerfile.worker: without TypeScript, and with the binaries of this platform alone.
RUN npm ci --omit=dev --workspace=shared --workspace=api --workspace=worker --workspace=scripts \
 && rm -rf node_modules/typescript node_modules/@typescript \
 && find node_modules -type f '(' -name '*.map' -o -name '*.md' -o -name '*.d.ts' -o -name '*.d.?ts' ')' -delete \
 && cd node_modules/onnxruntime-node/bin/napi-v6 \
 && find . -type f ! -path "./linux/$(node -p process.arch)/*" -delete \
 && find . -type d -empty -delete

FROM node:24-bookworm-slim
# RUNLEVEL=1: the package does not start its server; `start.js` starts its own.
RUN apt-get update && RUNLEVEL=1 apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production PORT=8000 DATA_DIR=/data ORT_DISABLE_TELEMETRY=1 INKQUEUE_NO_INSTALL=1
WORKDIR /app
COPY --from=dependencies /app ./
COPY models models
COPY --from=build /app/shared/dist shared/dist
COPY --from=build /app/api/dist api/dist
COPY --from=build /app/worker/dist worker/dist
COPY worker/assembly/pixels.wasm worker/assembly/
COPY --from=build /app/web/dist web/dist
COPY --from=build /app/scripts/dist scripts/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/serving`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/dist/start.js"]
