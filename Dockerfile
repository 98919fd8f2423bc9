# The examples of this repository as a server:
#
#   docker build -t hookswitch-examples .
#   docker run -p 3000:3000 -v calls:/data -e HOOKSWITCH_WEBHOOK_SECRET="Bearer $(openssl rand -hex 32)" -e HOOKSWITCH_DATA_KEYS="$(openssl rand -base64 32)" hookswitch-examples
#
# A project of yours has a shorter one, for it has nothing to compile: `npx hookswitch init` writes it.

FROM node:22-bookworm-slim AS build
WORKDIR /app
# The manifests first: as long as they stay the same, so do the installed packages.
COPY package.json package-lock.json .npmrc ./
COPY packages/dsl/package.json packages/dsl/
COPY packages/runtime/package.json packages/runtime/
COPY packages/console/package.json packages/console/
COPY packages/simulator/package.json packages/simulator/
COPY packages/cli/package.json packages/cli/
COPY packages/cli/bin packages/cli/bin
COPY examples/package.json examples/
COPY test/package.json test/
# The databases of the tests bring scripts of their own, and are not needed here.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json tsconfig.json ./
COPY scripts scripts
COPY packages packages
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/dsl/package.json packages/dsl/
COPY packages/runtime/package.json packages/runtime/
COPY packages/console/package.json packages/console/
COPY packages/simulator/package.json packages/simulator/
COPY packages/cli/package.json packages/cli/
COPY packages/cli/bin packages/cli/bin
COPY examples/package.json examples/
COPY test/package.json test/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOOKSWITCH_HOST=0.0.0.0 HOOKSWITCH_PORT=3000 HOOKSWITCH_STORE=sqlite:/data/calls.db
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=packages /app ./
COPY --from=build /app/packages/dsl/dist packages/dsl/dist
COPY --from=build /app/packages/runtime/dist packages/runtime/dist
COPY --from=build /app/packages/console/dist packages/console/dist
COPY --from=build /app/packages/simulator/dist packages/simulator/dist
COPY --from=build /app/packages/cli/dist packages/cli/dist
COPY examples examples
USER node
WORKDIR /app/examples
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.HOOKSWITCH_PORT+'/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Not through npm: the signals that end a container are for the server.
CMD ["node", "../packages/cli/bin/hookswitch.js", "start"]
