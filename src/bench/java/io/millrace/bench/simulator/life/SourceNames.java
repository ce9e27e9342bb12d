package io.millrace.bench.simulator.life;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The connected sources of the demo, as their files in topology/sources name them. */
public final class SourceNames {
  public static final String LEADS = "leads";
  public static final String CRM = "crm";
  public static final String BILLING = "billing";
  public static final String WEB = "web";
  public static final String EMAIL = "email";
  public static final String FORMS = "forms";

  private SourceNames() {}

  public static List<String> all() {
    return List.of(LEADS, CRM, BILLING, WEB, EMAIL, FORMS);
  }

  /** The provider whose formats and signatures a source of this name gets. */
  public static Optional<String> providerOf(String source) {
    return switch (source) {
      case LEADS -> Optional.of("envelope");
      case CRM -> Optional.of("hubspot");
      case BILLING -> Optional.of("stripe");
      case WEB -> Optional.of("segment");
      case EMAIL -> Optional.of("sendgrid");
      case FORMS -> Optional.of("typeform");
      default -> Optional.empty();
    };
  }

  /** The source whose events have a provider's format. */
  public static Optional<String> ofProvider(String provider) {
    return all().stream()
        .filter(source -> providerOf(source).filter(provider::equals).isPresent())
        .findFirst();
  }

  /** The environment variable that holds a source's secret. */
  public static String secretVariable(String source) {
    return "MILLRACE_SECRET_" + source.toUpperCase(Locale.ROOT);
  }
}
