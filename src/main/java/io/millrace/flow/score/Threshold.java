package io.millrace.flow.score;

/**
 * A height of the score that somebody should hear of.
 *
 * @param at the score from which on it is reached, more than 0
 * @param again the score it must fall below before it can be reached anew, at most {@code at}
 * @param raises type of the event that tells of it: {@code lead.qualified}
 */
public record Threshold(String name, int at, int again, String raises) {}
