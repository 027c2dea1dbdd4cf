package dev.sluice.serverless;

import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What tests need of the machine that they run on: where it is missing they are skipped, and reported so; in CI they fail. */
public abstract class Requirement implements ExecutionCondition {

    /** What is missing, and what to do about it; empty if all is there. */
    protected abstract String missing();

    @Override
    public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        // Of a template of classes that is skipped as a whole nothing is reported: there each test is.
        return context.getTestMethod().isEmpty()
                        && AnnotationSupport.isAnnotated(context.getTestClass(), ClassTemplate.class)
                ? ConditionEvaluationResult.enabled("Each test asks by itself.")
                : evaluate(missing(), "true".equals(System.getenv("CI")));
    }

    static ConditionEvaluationResult evaluate(String missing, boolean ci) {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("All that it needs is there.");
        }
        if (ci) {
            throw new IllegalStateException(missing);
        }
        return ConditionEvaluationResult.disabled(missing);
    }
}
