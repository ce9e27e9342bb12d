package io.millrace.flow.order;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of the sources, with dedupe windows limited to the time for which ids are kept.
 * Sources can change while the flow runs, but the retention of its stores cannot: a window that
 * becomes longer than the longest one at the start is limited to that, with a log message.
 * Otherwise the store would drop the ids and every repetition would be admitted.
 */
public final class RememberedWindows implements SourceWindows {
  private static final Logger LOG = LoggerFactory.getLogger(RememberedWindows.class);

  private final SourceWindows declared;
  private final Duration longest;
  private final Set<String> cut = ConcurrentHashMap.newKeySet();

  public RememberedWindows(SourceWindows declared) {
    this.declared = declared;
    this.longest = declared.longestDedupe();
  }

  @Override
  public Duration dedupe(String source) {
    Duration window = declared.dedupe(source);
    if (window.compareTo(longest) <= 0) {
      return window;
    }
    if (cut.add(source)) {
      LOG.error(
          "The dedupe window of source {} is {}, but ids are kept for windows of up to {}: an event"
              + " repeated later than that is admitted again. Restart every stream process to keep them"
              + " longer.",
          source,
          window,
          longest);
    }
    return longest;
  }

  @Override
  public Duration longestDedupe() {
    return longest;
  }

  @Override
  public Optional<Duration> reorder(String source) {
    return declared.reorder(source);
  }
}
