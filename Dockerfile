# One image per service:  docker build --build-arg SERVICE=gateway -t frontdesk/gateway .
# All five share the first stage, so each further image builds in seconds.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip=true -Dexec.skip=true -am package \
        -pl registration-service,session-service,notification-service,cache-service,gateway


FROM build AS layers
ARG SERVICE
# Layers by rate of change: libraries, then shared modules, then the service.
RUN cp "${SERVICE:?is one of the five services}"/target/*-exec.jar /app.jar \
    && java -Djarmode=tools -jar /app.jar extract --layers --destination /layers \
    && mkdir -p /layers/dependencies/lib /layers/snapshot-dependencies/lib /native \
    && test -s /layers/application/app.jar
# Netty's native transport and libargon2 for this platform, from the libraries' jars.
RUN cd /native && platform="linux-$(uname -m | tr _ -)" \
    && for jar in /layers/dependencies/lib/netty-transport-native-epoll-*-linux-*.jar; do \
         [ ! -e "$jar" ] || jar --extract --file "$jar" META-INF/native; \
       done \
    && for jar in /layers/dependencies/lib/argon2-jvm-*.jar; do \
         [ ! -e "$jar" ] || jar --extract --file "$jar" "$platform/libargon2.so"; \
       done \
    && find . -name '*.so' -exec mv {} /native/ ';' && rm -rf META-INF linux-*


FROM eclipse-temurin:25-jre
ARG SERVICE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="frontdesk/${SERVICE}" \
      org.opencontainers.image.description="Frontdesk: everything between an application and its users; the ${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY docker/jvm.options docker/train docker/healthcheck ./
COPY --from=layers /native/ native/
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
RUN --network=none ./train && rm train
# Two arenas of malloc instead of eight per processor: each keeps memory of its own.
ENV SERVER_PORT=8080 MANAGEMENT_SERVER_PORT=9090 MALLOC_ARENA_MAX=2
EXPOSE 8080 9090
# Numeric, so that Kubernetes can verify that it is not root. Nothing in the image is writable for this user.
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=4s --start-period=150s --retries=3 CMD ["/app/healthcheck"]
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:AOTCache=/app/app.aot", "-jar", "/app/app.jar"]
