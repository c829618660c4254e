# syntax=docker/dockerfile:1
FROM denoland/deno:2.9.6 AS build
WORKDIR /app
COPY . .
RUN deno install --frozen && deno task build

FROM denoland/deno:2.9.6
WORKDIR /app
COPY --from=build --chown=deno:deno /app /app
RUN deno cache --frozen main.ts && mkdir -p data && chown deno:deno data
USER deno
ENV GOLDBOX_HOST=0.0.0.0 GOLDBOX_PORT=8080 GOLDBOX_DATA=./data
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s \
  CMD ["deno", "run", "-P=server", "--no-prompt", "main.ts", "healthcheck"]
STOPSIGNAL SIGTERM
CMD ["run", "-P=server", "--no-prompt", "main.ts", "serve"]
