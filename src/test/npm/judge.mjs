// Lets the vendors' own libraries judge requests, or sign them. Each line in is one question, each line out its answer:
//   {"provider", "secret", "now": ms, "method", "url", "headers": {lower case: value}, "body": base64}
//   -> {} if the library accepts it, otherwise {"refusal": "..."}
//   the same with "sign": true -> {"headers": {...}}
//   {"list": true} -> {"judges": [provider, ...], "signers": [...]}
// The libraries live in the folder named by the first argument, and see the clock of the question.
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';
import {pathToFileURL} from 'node:url';

const require = createRequire(pathToFileURL(process.argv[2] + '/'));
const file = path => import(pathToFileURL(process.argv[2] + '/node_modules/' + path));
const octokit = () => file('@octokit/webhooks-methods/dist-node/index.js');

let now = 0;
const SystemDate = Date;
globalThis.Date = class extends SystemDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now] : given));
  }
  static now() {
    return now;
  }
};

const text = ask => Buffer.from(ask.body, 'base64').toString('utf8');
const bytes = ask => Buffer.from(ask.body, 'base64');
const seconds = ask => Math.floor(ask.now / 1000);
const svix = (family, ask) => ({
  [`${family}-id`]: ask.headers[`${family}-id`],
  [`${family}-timestamp`]: ask.headers[`${family}-timestamp`],
  [`${family}-signature`]: ask.headers[`${family}-signature`],
});
const passes = async promise => {
  await promise;
  return true;
};

const standard = secret => ask => {
  const {Webhook} = require('standardwebhooks');
  return new Webhook(secret(ask)).verify(text(ask), svix('webhook', ask)) !== undefined;
};
const inBase64 = ask => Buffer.from(ask.secret).toString('base64');

const judges = {
  adyen: ask => {
    const {hmacValidator: Validator} = require('@adyen/api-library');
    return JSON.parse(text(ask)).notificationItems.every(item =>
      new Validator().validateHMAC(item.NotificationRequestItem, ask.secret));
  },
  'adyen-platform': ask => {
    const {hmacValidator: Validator} = require('@adyen/api-library');
    return new Validator().validateHMACSignature(ask.secret, ask.headers.hmacsignature, text(ask));
  },
  bigcommerce: standard(inBase64),
  contentful: ask => {
    const {verifyRequest} = require('@contentful/node-apps-toolkit');
    const {pathname} = new URL(ask.url);
    return verifyRequest(ask.secret, {method: ask.method, path: pathname, headers: ask.headers, body: text(ask)}, 300);
  },
  discord: ask =>
    require('discord-interactions').verifyKey(
      bytes(ask), ask.headers['x-signature-ed25519'], ask.headers['x-signature-timestamp'], ask.secret),
  github: async ask =>
    (await octokit()).verify(ask.secret, text(ask), ask.headers['x-hub-signature-256']),
  gitlab: standard(ask => ask.secret),
  gocardless: ask => {
    require('gocardless-nodejs/webhooks').verifySignature(text(ask), ask.secret, ask.headers['webhook-signature']);
    return true;
  },
  linear: async ask => {
    const {LinearWebhookClient} = await file('@linear/sdk/dist/webhooks/index.mjs');
    return new LinearWebhookClient(ask.secret).verify(bytes(ask), ask.headers['linear-signature']);
  },
  mux: ask => {
    const Mux = require('@mux/mux-node').default;
    const client = new Mux({tokenId: 'none', tokenSecret: 'none'});
    return passes(client.webhooks.verifySignature(text(ask), ask.headers, ask.secret));
  },
  notion: ask =>
    require('@notionhq/client').verifyWebhookSignature({
      body: bytes(ask), signature: ask.headers['x-notion-signature'], verificationToken: ask.secret}),
  paddle: ask => {
    const {Paddle} = require('@paddle/paddle-node-sdk');
    return new Paddle('none').webhooks.isSignatureValid(text(ask), ask.secret, ask.headers['paddle-signature']);
  },
  razorpay: ask =>
    require('razorpay').validateWebhookSignature(text(ask), ask.headers['x-razorpay-signature'], ask.secret),
  resend: ask => {
    const {Resend} = require('resend');
    const headers = {
      id: ask.headers['svix-id'], timestamp: ask.headers['svix-timestamp'], signature: ask.headers['svix-signature']};
    return Boolean(new Resend('none').webhooks.verify({payload: text(ask), headers, webhookSecret: ask.secret}));
  },
  sanity: ask =>
    require('@sanity/webhook').isValidSignature(text(ask), ask.headers['sanity-webhook-signature'], ask.secret),
  sendgrid: ask => {
    const {EventWebhook} = require('@sendgrid/eventwebhook');
    const library = new EventWebhook();
    return library.verifySignature(
      library.convertPublicKeyToECDSA(ask.secret), bytes(ask),
      ask.headers['x-twilio-email-event-webhook-signature'], ask.headers['x-twilio-email-event-webhook-timestamp']);
  },
  square: ask =>
    require('square').WebhooksHelper.verifySignature({
      requestBody: text(ask), signatureHeader: ask.headers['x-square-hmacsha256-signature'],
      signatureKey: ask.secret, notificationUrl: ask.url}),
  'standard-webhooks': standard(ask => ask.secret),
  stripe: ask =>
    Boolean(require('stripe')('none').webhooks.constructEvent(text(ask), ask.headers['stripe-signature'], ask.secret)),
  svix: ask => new (require('svix').Webhook)(ask.secret).verify(text(ask), svix('svix', ask)) !== undefined,
  telnyx: async ask => {
    const {TelnyxWebhook} = (await file('telnyx/lib/webhooks.js')).default;
    return passes(new TelnyxWebhook(ask.secret).verify(text(ask), ask.headers));
  },
  webflow: ask => {
    const {WebflowClient} = require('webflow-api');
    const client = new WebflowClient({accessToken: 'none'});
    return client.webhooks.verifySignature({headers: ask.headers, body: text(ask), secret: ask.secret});
  },
  workos: async ask => {
    const {WorkOS} = require('@workos-inc/node');
    return new WorkOS('none').webhooks.verifyHeader({
      payload: JSON.parse(text(ask)), sigHeader: ask.headers['workos-signature'], secret: ask.secret});
  },
};

const signers = {
  'adyen-platform': ask => {
    const {hmacValidator: Validator} = require('@adyen/api-library');
    return {HmacSignature: new Validator().calculateHmac(text(ask), ask.secret)};
  },
  bigcommerce: ask => signedAsStandard(inBase64(ask), ask),
  contentful: ask => {
    const {signRequest} = require('@contentful/node-apps-toolkit');
    const {pathname} = new URL(ask.url);
    return signRequest(ask.secret, {method: ask.method, path: pathname, headers: {}, body: text(ask)}, ask.now);
  },
  github: async ask => ({
    'X-Hub-Signature-256': await (await octokit()).sign(ask.secret, text(ask))}),
  gitlab: ask => signedAsStandard(ask.secret, ask),
  notion: async ask => ({
    'X-Notion-Signature': await require('@notionhq/client').signWebhookPayload({
      body: bytes(ask), verificationToken: ask.secret})}),
  sanity: async ask => ({
    'sanity-webhook-signature': await require('@sanity/webhook').encodeSignatureHeader(text(ask), ask.now, ask.secret)}),
  'standard-webhooks': ask => signedAsStandard(ask.secret, ask),
  stripe: ask => ({
    'Stripe-Signature': require('stripe')('none').webhooks.generateTestHeaderString({
      payload: text(ask), secret: ask.secret, timestamp: seconds(ask)})}),
  svix: ask => ({
    'svix-id': 'msg_1', 'svix-timestamp': String(seconds(ask)),
    'svix-signature': new (require('svix').Webhook)(ask.secret).sign('msg_1', new Date(ask.now), text(ask))}),
};

function signedAsStandard(secret, ask) {
  const {Webhook} = require('standardwebhooks');
  return {
    'webhook-id': 'msg_1', 'webhook-timestamp': String(seconds(ask)),
    'webhook-signature': new Webhook(secret).sign('msg_1', new Date(ask.now), text(ask))};
}

async function answer(ask) {
  if (ask.list) {
    return {judges: Object.keys(judges), signers: Object.keys(signers)};
  }
  now = ask.now;
  if (ask.sign) {
    return {headers: await signers[ask.provider](ask)};
  }
  try {
    return (await judges[ask.provider](ask)) ? {} : {refusal: 'no'};
  } catch (refused) {
    return {refusal: String(refused)};
  }
}

for await (const line of createInterface({input: process.stdin})) {
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
}
