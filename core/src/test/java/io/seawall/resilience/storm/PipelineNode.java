package io.seawall.resilience.storm;

import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Surroundings;
import io.seawall.resilience.pipeline.Targets;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Calls through a pipeline, by a circuit and a budget of its own. */
final class PipelineNode implements Node {

    /** Without a trace, since there are millions; but always a new one, since whoever gives up on it marks it. */
    private static final class Down extends IOException {

        private static final long serialVersionUID = 1L;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private final Pipeline<Backend> pipeline;
    private final Backend backend;

    PipelineNode(
            Surroundings surroundings,
            Backend backend,
            Duration timeout,
            UnaryOperator<Pipeline.Builder<Backend>> parts) {
        this.backend = backend;
        pipeline = parts.apply(new Targets(surroundings)
                        .<Backend>around("backend", PipelineNode::attempt)
                        .timeout(timeout))
                .build();
    }

    @Override
    public void call(Consumer<Boolean> result) {
        pipeline.start(backend).handle((answer, failure) -> {
            result.accept(failure == null);
            return null;
        });
    }

    private static CompletionStage<String> attempt(Backend backend) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        backend.ask(answered -> {
            if (answered) {
                answer.complete("answer");
            } else {
                answer.completeExceptionally(new Down());
            }
        });
        return answer;
    }
}
