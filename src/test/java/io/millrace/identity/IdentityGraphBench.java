package io.millrace.identity;

import io.millrace.event.IdentityLink;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** CPU and bytes of the graph for each link, with the rules of topology/rules. */
class IdentityGraphBench {
  private static final int LINKS = Integer.getInteger("identity.links", 1_000_000);
  private static final IdentityRules RULES = IdentityRules.load(Path.of("topology", "rules"));

  @Test
  void people() {
    Random random = new Random(12);
    run("people with phones, records and browsers", LINKS, i -> ofPeople(random, i));
  }

  @Test
  void known() {
    run("links that are known", LINKS, i -> IdentityInputs.named("email:1", "phone:1", i));
  }

  @Test
  void oneComponent() {
    run("one person of 1,000", 999, i -> chain(i + 1));
  }

  @Test
  void oneIdentifier() {
    run(
        "one e-mail address with 100,000 browsers",
        100_000,
        i -> IdentityInputs.named("email:1", "anonymous@app:" + i, i));
  }

  @Test
  void oneIdentifierBackwards() {
    run(
        "the same, the latest first",
        20_000,
        i -> IdentityInputs.named("email:1", "anonymous@app:" + i, 100_000 - i));
  }

  @Test
  void oneSharedIdentifier() {
    run(
        "one browser with 100,000 e-mail addresses",
        100_000,
        i -> IdentityInputs.named("email:" + i, "anonymous@app:1", i));
  }

  @Test
  void moreThanOnePersonMayHave() {
    run(
        "3,000 browsers that are all linked",
        3_000,
        i -> IdentityInputs.named("anonymous@a" + i % 7 + ":" + i, next(i), i));
  }

  private static String next(int i) {
    return "anonymous@a" + (i + 1) % 7 + ":" + (i + 1);
  }

  /** Browsers of several systems, each linked to one before. */
  private static IdentityLink chain(int i) {
    String before = "anonymous@a" + (i - 1) % 7 + ":" + (i - 1);
    return IdentityInputs.named(before, "anonymous@a" + i % 7 + ":" + i, i);
  }

  private static IdentityLink ofPeople(Random random, int i) {
    int person = random.nextInt(LINKS / 8 + 1);
    String email = "email:" + person + "-" + (random.nextInt(8) == 0 ? 1 : 0);
    int stray = random.nextInt(200) == 0 ? random.nextInt(LINKS / 8 + 1) : person;
    String other =
        List.of("phone:", "contact@crm:", "lead@crm:", "user@app:", "anonymous@app:")
                .get(random.nextInt(5))
            + stray
            + "-"
            + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
    return IdentityInputs.named(email, other, i);
  }

  private static void run(String what, int count, IntFunction<IdentityLink> links) {
    GraphRows rows = new GraphRows();
    IdentityGraph graph = new IdentityGraph(RULES, rows);
    var threads = ManagementFactory.getThreadMXBean();
    long cpu = 0;
    long changes = 0;
    for (int i = 0; i < count; i++) {
      IdentityLink link = links.apply(i);
      long start = threads.getCurrentThreadCpuTime();
      changes += graph.link(link).changes().size();
      cpu += threads.getCurrentThreadCpuTime() - start;
    }
    System.out.printf(
        "%s: %,d links, %.1f us CPU each, %.2f s in all, %,d assignments, %,d rows of %d bytes,"
            + " %,d bytes written per link%n",
        what,
        count,
        cpu / 1e3 / count,
        cpu / 1e9,
        changes,
        rows.count(),
        rows.size() / Math.max(1, rows.count()),
        rows.written() / count);
  }
}
