package io.millrace.flow.signal;

import io.millrace.event.ActivityMark;
import io.millrace.event.Signal;
import io.millrace.flow.timeline.Mark;
import java.util.Optional;

/**
 * The mark that completed a person's signal, and the number of that signal; 0 before the first. The
 * mark can also be of a signal that has the number of another person.
 */
record NumberedMark(long number, Mark mark) {
  static final NumberedMark NONE = new NumberedMark(0, Mark.EARLIEST);

  /** How it is remembered; empty before the first. */
  Optional<ActivityMark> stored() {
    return equals(NONE) ? Optional.empty() : Optional.of(mark.toActivityMark());
  }

  static NumberedMark of(Signal signal) {
    return new NumberedMark(SignalDetector.number(signal), SignalDetector.completing(signal));
  }
}
