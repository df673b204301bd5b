package io.seawall.interceptors.servlet;

import jakarta.servlet.ServletContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ResilienceFilter} does.
 *
 * @param answerRejections whether it answers when a refusal leaves a servlet
 * @param trustRetryMark whether it believes a request that says not to retry
 */
record FilterSwitches(boolean answerRejections, boolean trustRetryMark) {

    /** Names of the init-params, and what is behind {@link #OF_APPLICATION} in those of the context-params. */
    static final String ANSWER_REJECTIONS = "answer-rejections";

    static final String TRUST_RETRY_MARK = "trust-retry-mark";

    private static final String OF_APPLICATION = "seawall.";

    /** By the context-params alone. */
    static FilterSwitches ofApplication(ServletContext context) {
        return new FilterSwitches(
                ofApplication(ANSWER_REJECTIONS, true, context), ofApplication(TRUST_RETRY_MARK, false, context));
    }

    /** By the init-params of a filter and, where they say nothing, by the context-params. */
    static FilterSwitches of(String filter, Map<String, String> initParams, ServletContext context) {
        initParams.forEach((name, value) -> {
            if (!name.equals(ANSWER_REJECTIONS) && !name.equals(TRUST_RETRY_MARK)) {
                throw new IllegalArgumentException("init-param '" + name + "' of filter '" + filter + "' is '" + value
                        + "': there is none of this name, only " + ANSWER_REJECTIONS + " and " + TRUST_RETRY_MARK
                        + "; correct or remove it");
            }
        });
        FilterSwitches ofApplication = ofApplication(context);
        return new FilterSwitches(
                ofFilter(ANSWER_REJECTIONS, ofApplication.answerRejections(), filter, initParams),
                ofFilter(TRUST_RETRY_MARK, ofApplication.trustRetryMark(), filter, initParams));
    }

    /** Whether somebody has asked for one of them in so many words. */
    static boolean askedFor(ServletContext context) {
        return ofApplication(ANSWER_REJECTIONS, false, context) || ofApplication(TRUST_RETRY_MARK, false, context);
    }

    private static boolean ofApplication(String name, boolean otherwise, ServletContext context) {
        String key = OF_APPLICATION + name;
        return read(context.getInitParameter(key), otherwise, "context-param '" + key + "'");
    }

    private static boolean ofFilter(String name, boolean otherwise, String filter, Map<String, String> initParams) {
        return read(initParams.get(name), otherwise, "init-param '" + name + "' of filter '" + filter + "'");
    }

    private static boolean read(@Nullable String text, boolean otherwise, String place) {
        if (text == null) {
            return otherwise;
        }
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        place + " is '" + text + "': it is a switch, write true or false, or remove it");
        };
    }

    boolean anyOn() {
        return answerRejections || trustRetryMark;
    }
}
