package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The names that are promised to those who connect sources and to those who sign for them. */
class CatalogueNamesTest {
  private static final Set<String> VERIFIED =
      Set.of(
          """
          api-key attentive attio basic bearer box braze-currents calcom calendly clearbit close customerio
          customerio-cdp discord docusign front generic-hmac github gong google-lead highlevel hubspot-v1 hubspot-v2
          hubspot-v3 intercom iterable jira klaviyo linear linkedin mailgun mandrill meta mux notion outreach paddle
          pagerduty path-token polar recharge-v1 recurly respondio salesloft segment segment-batch sendgrid shopify
          slack square standard standard-ed25519 stripe svix tally telnyx twilio typeform vonage webflow workos zendesk
          zoom
          """
              .strip()
              .split("\\s+", -1));

  private static final Set<String> EXTRACTED =
      Set.of(
          """
          amplitude attio braze-currents calendly chargebee close customerio docusign github gong google-lead hubspot
          intercom iterable jotform klaviyo linkedin linkedin-social mailchimp mailgun mandrill meta-leadgen mixpanel
          outreach paddle pipedrive posthog postmark respondio salesforce-cdc salesforce-om salesloft segment sendgrid
          shopify slack standard-webhooks stripe svix twilio typeform webflow zendesk zoom
          """
              .strip()
              .split("\\s+", -1));

  @Test
  void areAllFound() {
    var catalogue = Catalogue.bundled();
    var missing = new TreeSet<String>();
    missing.addAll(VERIFIED);
    missing.addAll(EXTRACTED);
    missing.removeIf(name -> catalogue.find(name).isPresent());

    assertThat(VERIFIED).hasSize(63);
    assertThat(EXTRACTED).hasSize(44);
    assertThat(missing).isEmpty();
  }
}
