package io.millrace.flow.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.identity.IdentityRules;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random events and assignments of a few identifiers, and messages between partitions that come in
 * the order of each sender, but at random between senders: against a plain model of where
 * everything must end.
 */
final class PeopleRandomTest {
  private static final IdentityRules RULES = IdentityRules.load(Path.of("topology", "rules"));
  private static final int STORIES = 300;
  private static final int INTERLEAVINGS = 4;

  private final long seed = System.nanoTime();

  @Test
  void everythingEndsAtTheLastPersonInEveryInterleaving() {
    for (int number = 0; number < STORIES; number++) {
      PeopleStory story = new PeopleStory(new Random(seed + number), RULES);
      for (int i = 0; i < INTERLEAVINGS; i++) {
        String what = "story %d of seed %d, interleaving %d".formatted(number, seed, i);
        Interleaving run = new Interleaving(RULES, new Random(seed + i), story.perIdentifier());
        run.drain();
        assertThat(run.events()).as(what).isEqualTo(story.events());
        assertThat(run.people()).as(what).isEqualTo(story.people());
        assertThat(run.members()).as(what).isEqualTo(story.members());
      }
    }
  }
}
