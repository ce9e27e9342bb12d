package io.millrace.bench.simulator.life;

/**
 * One simulated person.
 *
 * @param serial counts the customers of a run from 1
 * @param email in lower case, unique within all runs
 * @param hot whether the person visits the pricing page often enough to be a signal
 */
public record Customer(
    int serial,
    String firstName,
    String lastName,
    String email,
    String company,
    String domain,
    String title,
    boolean hot) {}
