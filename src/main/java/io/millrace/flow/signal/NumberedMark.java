package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.flow.timeline.Mark;

/** The mark that completed a person's signal, and the number of that signal; 0 before the first. */
record NumberedMark(long number, Mark mark) {
  static final NumberedMark NONE = new NumberedMark(0, Mark.EARLIEST);

  static NumberedMark of(Signal signal) {
    return new NumberedMark(SignalDetector.number(signal), SignalDetector.completing(signal));
  }
}
