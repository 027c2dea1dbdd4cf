package dev.sluice.serverless;

import dev.sluice.SluiceApplication;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The application as Lambda starts it: with a function's variables in place of this machine's, and no web server. */
final class Deployed {

    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private Deployed() {}

    /** Starts it; the caller closes it. */
    static ConfigurableApplicationContext start(Map<String, String> variables) {
        var all = new HashMap<String, Object>(variables);
        // AWS Lambda Developer Guide, "Defined runtime environment variables".
        all.put("AWS_LAMBDA_FUNCTION_NAME", "sluice");
        all.put("AWS_REGION", "us-east-1");
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, all));
        return new SpringApplicationBuilder(SluiceApplication.class, BeanAtWork.class)
                .web(WebApplicationType.NONE)
                .environment(environment)
                .run();
    }
}
