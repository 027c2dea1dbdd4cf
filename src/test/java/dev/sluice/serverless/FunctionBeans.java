package dev.sluice.serverless;

import dev.sluice.live.LiveReply;
import dev.sluice.live.LiveRequest;
import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;

/** Which of the application's beans a function runs, by what calls it. */
final class FunctionBeans {

    /** Those that may be called by name, if sluice.invocable says nothing else. */
    static final List<String> INVOCABLE = List.of("reconcileObjects", "redriveLetters");

    private final ConfigurableApplicationContext app;

    FunctionBeans(ConfigurableApplicationContext app) {
        this.app = app;
    }

    Set<String> of(Template template, String function) {
        var beans = new TreeSet<String>();
        for (Source source : Source.of(template, function)) {
            switch (source.trigger()) {
                case "s3" -> beans.add("readObjects");
                case "stream" -> beans.add("forwardChanges");
                case "kinesis" -> beans.addAll(processing(template, function));
                case "http" -> beans.addAll(named(WebRequest.class, WebResponse.class));
                case "websocket" -> beans.addAll(named(LiveRequest.class, LiveReply.class));
                case "direct" -> beans.addAll(INVOCABLE);
                default -> beans.addAll(queue(template, function, source.arn()));
            }
        }
        return beans;
    }

    /** What has failed becomes a letter at the door, and a letter goes to whichever bean had failed. */
    private List<String> queue(Template template, String function, String arn) {
        var beans = new ArrayList<>(List.of("readObjects"));
        if (arn.endsWith(":FailedNotices") || arn.endsWith(":LettersQueue")) {
            beans.addAll(List.of("triggerRouter", "forwardChanges"));
            beans.addAll(processing(template, function));
        }
        return beans;
    }

    private List<String> processing(Template template, String function) {
        var variables = template.environment(function);
        String own = variables.get("SLUICE_CONSUMERS");
        String[] consumers = own == null
                ? Binder.get(app.getEnvironment())
                        .bind("sluice.consumers", String[].class)
                        .get()
                : own.split(",", -1);
        var beans = new ArrayList<>(List.of("processChanges"));
        Arrays.stream(consumers)
                // It does nothing where it knows no address to send to.
                .filter(consumer -> !consumer.equals("liveTail") || variables.containsKey("SLUICE_LIVE_ENDPOINT"))
                .forEach(beans::add);
        return beans;
    }

    private List<String> named(Class<?> input, Class<?> output) {
        return List.of(app.getBeanNamesForType(ResolvableType.forClassWithGenerics(Function.class, input, output)));
    }
}
