# The function as a container image for Lambda: docker build --tag sluice .
ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG RUNTIME_IMAGE=public.ecr.aws/lambda/java:25

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml application.yml ./
COPY src ./src
RUN mvn -B -ntp -DskipTests package \
    && mkdir task \
    && cd task \
    && jar --extract --file ../target/sluice-lambda.zip

FROM ${RUNTIME_IMAGE}
COPY --from=build /build/task ${LAMBDA_TASK_ROOT}
ENV MAIN_CLASS=dev.sluice.SluiceApplication \
    SPRING_CLOUD_FUNCTION_DEFINITION=triggerRouter \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    JAVA_TOOL_OPTIONS=--enable-native-access=ALL-UNNAMED
CMD ["org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest"]
