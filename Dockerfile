# Two images:
#   docker build --target lambda --tag sluice-lambda .     the function, for AWS Lambda
#   docker build --target web --tag sluice-web .           the web app
# The build's JDK and both runtimes have to be for the same processor and of Java 25.
ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG LAMBDA_IMAGE=public.ecr.aws/lambda/java:25
ARG WEB_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml application.yml ./
COPY src/main src/main
COPY src/assembly src/assembly
RUN mvn -B -ntp -Dmaven.test.skip package
COPY src/image src/image
COPY src/test src/test
COPY samples samples
RUN src/image/lambda assemble target/sluice-lambda.zip target/runtime-client /opt/sluice \
    && src/image/lambda trainer . /opt/sluice /opt/trainer \
    && java -Djarmode=tools -jar target/sluice.jar extract --destination /opt/web \
    && cp src/image/web /opt/web/

# The cache is of use only to the very JVM that wrote it: the one that runs the function.
FROM ${LAMBDA_IMAGE} AS train
COPY --from=build /opt/sluice /opt/sluice
COPY --from=build /opt/trainer /opt/trainer
RUN /opt/sluice/lambda train /opt/sluice /opt/trainer

FROM ${LAMBDA_IMAGE} AS lambda
LABEL org.opencontainers.image.title="Sluice, the function" \
      org.opencontainers.image.description="Files land in S3, rows appear in DynamoDB, every change flows in order to Kinesis." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=train /opt/sluice /opt/sluice
ENV MAIN_CLASS=dev.sluice.SluiceApplication \
    SPRING_CLOUD_FUNCTION_DEFINITION=triggerRouter \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
USER 10001:10001
ENTRYPOINT ["/opt/sluice/lambda", "run"]
CMD ["org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest"]

FROM ${WEB_IMAGE} AS web
LABEL org.opencontainers.image.title="Sluice, the web app" \
      org.opencontainers.image.description="A page and a web API over the files, rows and changes of Sluice." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/web/lib /opt/web/lib
COPY --from=build /opt/web/sluice.jar /opt/web/web /opt/web/
# Docker kills after ten seconds what has not ended by then.
ENV SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080 \
    SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE=8s \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
EXPOSE 8080
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s CMD ["/opt/web/web", "health"]
ENTRYPOINT ["/opt/web/web", "run"]
