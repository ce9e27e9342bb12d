package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import io.millrace.app.IdentityKey;
import io.millrace.app.OpenTopics;
import io.millrace.cli.Servers;
import io.millrace.config.Config;
import io.millrace.event.IdentityDecision;
import io.millrace.flow.RecordTopics;
import io.millrace.flow.step.Topics;
import io.millrace.identity.whatif.Decisions;
import io.millrace.kafka.read.KeyLookup;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.read.TopicWriter;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.source.Source;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Model.CommandSpec;

/** Works with the topics of the configured cluster. */
final class ClusterDesks implements Desks {
  private static final String CLIENT = "millrace-identity";
  private static final String GROUP = "-identity";

  @Override
  public int with(CommandSpec command, Config config, Function<Desk, Integer> work) {
    return Servers.withTopics(command, config, topics -> at(topics, work));
  }

  private static int at(OpenTopics topics, Function<Desk, Integer> work) {
    Config config = topics.config();
    try (KeyLookup records = new KeyLookup(config.kafka(), topics.serdes());
        TopicOffsets offsets = new TopicOffsets(config.kafka())) {
      IdentifierQuery query =
          new IdentifierQuery(
              () -> IdentityKey.ids(config), topics.identityRules(), () -> systems(topics));
      return work.apply(
          new Desk(
              new IdentityTopics(records),
              topics.identityRules(),
              query,
              decision -> write(decision, topics, offsets),
              RecordTopics.of(topics.declared()).byType().keySet()));
    } catch (ProvisioningException failure) {
      throw CommandException.unreachable(
          "%s. Is Kafka running at %s?"
              .formatted(failure.getMessage(), config.kafka().bootstrapServers()));
    }
  }

  private static List<String> systems(OpenTopics topics) {
    return topics.sources().all().stream().map(Source::system).distinct().sorted().toList();
  }

  private static BooleanSupplier write(
      IdentityDecision decision, OpenTopics topics, TopicOffsets offsets) {
    Config config = topics.config();
    String topic = Topics.IDENTITY_DECISIONS.name();
    try (TopicWriter<IdentityDecision> writer =
        new TopicWriter<>(config.kafka(), topics.serdes(), Topics.IDENTITY_DECISIONS, CLIENT)) {
      RecordMetadata place = writer.writeNow(Decisions.key(decision), decision);
      String group = config.stream().settings().prefix() + GROUP;
      // The role commits what it has read together with what it has written because of it.
      return () -> offsets.read(group, topic).getOrDefault(place.partition(), 0L) > place.offset();
    }
  }
}
