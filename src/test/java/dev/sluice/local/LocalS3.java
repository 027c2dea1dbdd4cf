package dev.sluice.local;

import com.adobe.testing.s3mock.S3MockApplication;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.util.FileSystemUtils;

/**
 * The S3 of the local cloud: Adobe's S3Mock on 127.0.0.1, with event notifications, which it does not have itself. Its
 * parent tells it where SQS listens, in one line; notices wait until then.
 */
final class LocalS3 {

    /** Sluice's own web mappings, which would otherwise compete with the buckets' paths. */
    private static final List<String> FUNCTIONS = List.of(
            "org.springframework.cloud.function.adapter.aws.AWSCompanionAutoConfiguration",
            "org.springframework.cloud.function.cloudevent.CloudEventsFunctionExtensionConfiguration",
            "org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration",
            "org.springframework.cloud.function.context.config.FunctionsEndpointAutoConfiguration",
            "org.springframework.cloud.function.context.config.KotlinLambdaToFunctionAutoConfiguration",
            "org.springframework.cloud.function.observability.ObservationAutoConfiguration",
            "org.springframework.cloud.function.web.mvc.ReactorAutoConfiguration",
            "org.springframework.cloud.function.web.source.FunctionExporterAutoConfiguration");

    private LocalS3() {}

    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory("sluice-s3-");
        Lifeline.serve(
                () -> start(folder), line -> Notifications.OUTBOX.sendTo(URI.create(line)), () -> delete(folder));
    }

    @SuppressWarnings("deprecation")
    private static int start(Path folder) {
        return S3MockApplication.start(settings(folder)).getPort();
    }

    private static Map<String, Object> settings(Path folder) {
        var settings = new HashMap<String, Object>();
        // Neither the app's own configuration, which lies on the same class path, nor S3Mock's, which it would shadow.
        settings.put("spring.config.name", "s3mock-none");
        settings.put("spring.main.sources", Notifications.class.getName());
        settings.put("spring.autoconfigure.exclude", FUNCTIONS);
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.jmx.enabled", false);
        settings.put("spring.main.lazy-initialization", true);
        settings.put("management.endpoints.access.default", "none");
        settings.put("logging.level.root", "WARN");
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", 0);
        settings.put("server.ssl.enabled", false);
        settings.put("server.tomcat.basedir", folder.resolve("tomcat").toString());
        settings.put("server.tomcat.max-part-count", -1);
        settings.put("server.tomcat.max-swallow-size", -1);
        settings.put("server.tomcat.max-http-form-post-size", -1);
        settings.put(
                "com.adobe.testing.s3mock.store.root", folder.resolve("objects").toString());
        settings.put("com.adobe.testing.s3mock.store.region", LocalEndpoints.REGION);
        settings.put("spring.servlet.multipart.max-file-size", "-1");
        settings.put("spring.servlet.multipart.max-request-size", "-1");
        settings.put("com.adobe.testing.s3mock.httpPort", 0);
        settings.put("com.adobe.testing.s3mock.vectors.httpPort", 0);
        settings.put("com.adobe.testing.s3mock.vectors.httpsPort", 0);
        return settings;
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins S3Mock's application; carries no stereotype, since Sluice's own tests share its class path. */
    static class Notifications {

        static final NoticeOutbox OUTBOX = new NoticeOutbox();

        @Bean
        static BeanPostProcessor loopbackOnly() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessBeforeInitialization(Object bean, String name) {
                    // S3Mock's second connector, which server.address does not reach.
                    if (bean instanceof Connector connector) {
                        connector.setProperty("address", "127.0.0.1");
                    }
                    return bean;
                }
            };
        }

        @Bean
        FilterRegistrationBean<NoticeFilter> notices(BucketService buckets, ObjectService objects) {
            var registration = new FilterRegistrationBean<>(new NoticeFilter(buckets, objects, OUTBOX));
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return registration;
        }
    }
}
