package io.millrace.cli.proof;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.cli.CommandGroup;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Servers;
import io.millrace.cli.Terminal;
import io.millrace.config.Config;
import io.millrace.kafka.provision.Provisioning;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.yaml.InvalidFileException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code schemas}: the schemas of this version and the registry. */
@Command(
    name = "schemas",
    description = "Compares the schemas of this version with the registry, or registers them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class SchemasCommand extends CommandGroup {
  @Command(
      name = "check",
      description = {
        "Reports for every topic whether the schema of this version may follow those registered.",
        "Exits with 1 if one may not. Changes nothing."
      },
      mixinStandardHelpOptions = true)
  int check(@Mixin ConfigOptions options) {
    Config config = options.load();
    return reaching(
        config,
        () -> {
          List<String> troubles = provisioning(config).checkSchemas(topics(config));
          troubles.forEach(out()::println);
          out().println(troubles.isEmpty() ? "COMPATIBLE" : "NOT COMPATIBLE");
          out().flush();
          return troubles.isEmpty() ? Exit.DONE : Exit.NO;
        });
  }

  @Command(
      name = "register",
      description =
          "Registers the schema of every topic; one that is already registered stays as it is.",
      mixinStandardHelpOptions = true)
  int register(@Mixin ConfigOptions options) {
    Config config = options.load();
    return reaching(
        config,
        () -> {
          TopicSettings topics = topics(config);
          provisioning(config).registerSchemas(topics);
          out()
              .printf(
                  "%d schemas are registered at %s%n",
                  topics.all().size(), config.registry().url());
          out().flush();
          return Exit.DONE;
        });
  }

  private PrintWriter out() {
    return Terminal.out(spec());
  }

  private static Provisioning provisioning(Config config) {
    return new Provisioning(config.kafka(), config.registry());
  }

  private static TopicSettings topics(Config config) {
    return TopicSettings.load(config.topology().topics());
  }

  private int reaching(Config config, IntSupplier work) {
    Servers.awaitRegistry(spec(), config);
    try {
      return work.getAsInt();
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    } catch (ProvisioningException failure) {
      throw CommandException.unreachable(String.valueOf(failure.getMessage()));
    }
  }
}
