package io.millrace.bench.command;

import io.millrace.app.Exit;
import io.millrace.app.TrainingTraffic;
import io.millrace.bench.sender.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Requests of several providers, each of which proves its requests in a different way. */
public final class SignedTrainingTraffic implements TrainingTraffic {
  private static final List<String> PROVIDERS =
      List.of("stripe", "segment", "sendgrid", "hubspot", "api-key", "standard-webhooks");

  /** Long enough for the edge to become warm, short enough to be part of a build. */
  private static final String TIME_PER_PROVIDER = "2s";

  @Override
  public void connect(Path folder) throws IOException {
    for (String provider : PROVIDERS) {
      SigningKeys keys = SigningKeys.draw(provider);
      Files.writeString(folder.resolve(provider + ".signing"), keys.signing());
      Files.writeString(folder.resolve(provider + ".verifying"), keys.verifying());
      Files.writeString(
          folder.resolve(provider + ".yaml"),
          "source: %s\nprovider: %s\npublicUrl: as-received\nsecrets: [{ref: file:%s.verifying}]\n"
              .formatted(provider, provider, provider));
    }
  }

  @Override
  public boolean send(Path folder, int port) {
    return PROVIDERS.stream().allMatch(provider -> sends(folder, port, provider));
  }

  private static boolean sends(Path folder, int port, String provider) {
    return new CommandLine(new SimulateCommand())
            .execute(
                "--source",
                provider,
                "--provider",
                provider,
                "--edge",
                "http://127.0.0.1:" + port,
                "--secret-ref",
                "file:" + folder.resolve(provider + ".signing"),
                "--rate",
                "100000/s",
                "--for",
                TIME_PER_PROVIDER)
        == Exit.DONE;
  }
}
