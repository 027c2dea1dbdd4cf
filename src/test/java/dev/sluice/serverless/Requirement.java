package dev.sluice.serverless;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What tests need of the machine that they run on: where it is missing they are skipped, and reported so; in CI they fail. */
public abstract class Requirement implements ExecutionCondition {

    /** What is missing, and what to do about it; empty if all is there. */
    protected abstract String missing();

    @Override
    public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(missing(), "true".equals(System.getenv("CI")));
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
