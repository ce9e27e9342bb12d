package io.millrace.rule;

import io.millrace.event.Signal;
import java.util.Optional;

/**
 * One thing to announce about a signal.
 *
 * @param announced the signal with its new status
 * @param before how it stood until now; empty when it is new
 */
public record SignalChange(Signal announced, Optional<Signal> before) {}
