package io.millrace.bench.sample;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The values for the placeholders of one event.
 *
 * @param run part of every id, so that ids of different runs differ
 * @param event counts the events of a run
 * @param delivery counts its requests
 * @param at when it happened
 * @param chance source of everything random
 */
public record Moment(
    String run, Actor actor, long event, long delivery, Instant at, RandomGenerator chance) {}
