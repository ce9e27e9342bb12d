package io.millrace.flow.score;

/**
 * A score at which an event is raised.
 *
 * @param at the score at which it is reached, more than 0
 * @param again the score it must fall below before it can be reached again, at most {@code at}
 * @param raises type of the event: {@code lead.qualified}
 */
public record Threshold(String name, int at, int again, String raises) {}
