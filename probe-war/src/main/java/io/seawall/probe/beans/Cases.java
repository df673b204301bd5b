package io.seawall.probe.beans;

/** A bean that runs cases; its name is that of the group. */
public interface Cases {

    /**
     * Runs a case.
     *
     * @param name of the case
     * @param run what it is to do
     * @return what the guarded method returned
     * @throws Exception what it threw, as its caller gets it
     */
    String run(String name, Run run) throws Exception;
}
