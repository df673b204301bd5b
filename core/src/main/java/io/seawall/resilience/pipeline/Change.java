package io.seawall.resilience.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Other settings for some pipelines of one target, which come into force together. Calls that are under way go on by the old
 * ones. Not thread-safe.
 */
public final class Change {

    private final Target target;
    private final Map<Integer, Pipeline.Builder<?>> builders = new LinkedHashMap<>();

    Change(Target target) {
        this.target = target;
    }

    /**
     * Says what a pipeline is to be.
     *
     * @param pipeline one of the target
     * @param with what it is to be made of
     * @param <C> what is called
     * @return this
     * @throws IllegalArgumentException if the pipeline or the builder is of another target
     */
    public <C> Change put(Pipeline<C> pipeline, Pipeline.Builder<C> with) {
        if (pipeline.target() != target || !with.target().equals(target.name())) {
            throw new IllegalArgumentException("a change of target '" + target.name() + "' is about pipelines of that"
                    + " target alone: this one is of '" + pipeline.target().name() + "', and is to be one of '"
                    + with.target() + "'");
        }
        builders.put(pipeline.index(), with);
        return this;
    }

    /**
     * Brings everything into force.
     *
     * @throws IllegalArgumentException if the settings contradict each other, or those of other pipelines of the target; then
     *     nothing has changed
     */
    public void apply() {
        apply("target '" + target.name() + "' goes by other settings from now on");
    }

    /**
     * Brings everything into force.
     *
     * @param words what is different, for people: who listens is told
     * @throws IllegalArgumentException as {@link #apply()}
     */
    public void apply(String words) {
        target.change(builders, words);
    }
}
