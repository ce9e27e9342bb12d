package io.millrace.bench.sample;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What the places of one event are filled from.
 *
 * @param run part of every id, so that no two runs share one
 * @param event counts the events of a run
 * @param delivery counts its requests
 * @param at when it happened
 * @param chance decides what is left to chance
 */
public record Moment(
    String run, Actor actor, long event, long delivery, Instant at, RandomGenerator chance) {}
