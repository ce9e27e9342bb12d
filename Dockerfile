# Two images from one build: `millrace` runs the edge, the flow and the tools for operators (not demo, up, simulate, replay and bench:
# those are in millrace-bench.jar); `connect` is a Kafka Connect worker with the warehouse connector.

# docs/third-party.md explains how to pin them to exact images.
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25
ARG JAVA_IMAGE=eclipse-temurin:25-jre

FROM ${MAVEN_IMAGE} AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml ./
COPY schemas schemas
COPY src/main src/main
COPY src/bench src/bench
RUN --mount=type=cache,target=/build/repository \
    mvn -Dmaven.repo.local=/build/repository -Dmaven.test.skip=true package

FROM ${JAVA_IMAGE} AS program
RUN groupadd --gid 10001 millrace \
    && useradd --uid 10001 --gid millrace --home-dir /var/lib/millrace --create-home millrace
WORKDIR /var/lib/millrace
COPY LICENSE NOTICE docs/third-party.md /opt/millrace/
COPY --from=build /build/target/bom.json /opt/millrace/
COPY --from=build /build/target/lib /opt/millrace/lib
COPY --from=build /build/target/millrace.jar /opt/millrace/
# By kind of file: what lies next to them, such as a secret, stays outside. Secrets are mounted at /opt/millrace/secrets.
COPY topology/topics.yaml /opt/millrace/topology/
COPY topology/sources/*.yaml /opt/millrace/topology/sources/
COPY topology/rules/*.yaml /opt/millrace/topology/rules/
COPY topology/connectors/*.json /opt/millrace/topology/connectors/
RUN install -d -m 700 -o millrace -g millrace /opt/millrace/secrets

# Trains the JVM with signed requests: the result is an AOT cache that every start uses. The cache fits only the class path it was made
# with, so what sends the requests (millrace-bench.jar, which production does not carry) is not on it. If the cache does not fit for
# another reason (other options, another collector, a heap of more than 32 GB), the JVM starts without it, silently.
FROM program AS training
COPY --from=build /build/target/millrace-bench.jar /opt/training/
RUN java -XX:AOTCacheOutput=/opt/millrace/start.aot -XX:+UseG1GC --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dmillrace.home=/opt/millrace \
    -Dmillrace.training.traffic=/opt/training/millrace-bench.jar \
    -cp /opt/millrace/millrace.jar io.millrace.Training edge >/dev/null

FROM program AS millrace
COPY --from=training /opt/millrace/start.aot /opt/millrace/
USER millrace
VOLUME /var/lib/millrace
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", \
  "--sun-misc-unsafe-memory-access=allow", \
  "-XX:AOTCache=/opt/millrace/start.aot", "-Xlog:aot*=off", "-Xlog:cds*=off", "-Dmillrace.home=/opt/millrace", \
  "-cp", "/opt/millrace/millrace.jar", "io.millrace.Main"]

# The worker runs on our own class path instead of Kafka's image: these are the same jars that the tests used together.
FROM millrace AS connect
COPY --from=build /build/target/stack/plugins /opt/millrace/plugins
COPY docker/connect.properties /opt/millrace/
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", \
  "--sun-misc-unsafe-memory-access=allow", \
  "-XX:AOTCache=/opt/millrace/start.aot", "-Xlog:aot*=off", "-Xlog:cds*=off", \
  "-cp", "/opt/millrace/millrace.jar", \
  "org.apache.kafka.connect.cli.ConnectDistributed", "/opt/millrace/connect.properties"]
