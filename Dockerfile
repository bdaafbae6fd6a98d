# The server alone: it needs a Postgres (DATABASE_URL), as docker-compose.yml gives it one.
ARG NODE_IMAGE=node:26-slim

FROM ${NODE_IMAGE} AS installed
WORKDIR /ballast
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY scripts scripts
COPY packages packages
# Optional dependencies are Node and Postgres themselves: the one is in this image, the other beside it.
RUN npx --yes "$(node -p "require('./package.json').packageManager")" \
    install --frozen-lockfile --prod --no-optional --filter "@ballast/cli..."

# The page is built by packages that the server itself does not need.
FROM ${NODE_IMAGE} AS page
WORKDIR /ballast
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json ./
COPY scripts scripts
COPY packages packages
RUN npx --yes "$(node -p "require('./package.json').packageManager")" install --frozen-lockfile --filter "@ballast/web" \
    && node packages/web/tools/build-page.ts

FROM ${NODE_IMAGE}
WORKDIR /ballast
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY --from=installed /ballast /ballast
COPY --from=page /ballast/packages/web/page packages/web/page
COPY scenarios scenarios
COPY traces traces
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
ENTRYPOINT ["node", "packages/cli/src/main.ts"]
CMD ["serve"]
