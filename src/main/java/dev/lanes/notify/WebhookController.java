package dev.lanes.notify;

import dev.lanes.web.Cursor;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookController {

  private final Webhooks webhooks;

  WebhookController(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  record WebhookList(List<WebhookView> items, @Nullable String next) {}

  /** A page of the log, the newest first. */
  record DeliveryList(List<DeliveryView> items, @Nullable String next) {}

  @Operation(operationId = "listWebhooks", summary = "Addresses that are told of what happens")
  @GetMapping
  WebhookList list() {
    return new WebhookList(webhooks.all(), null);
  }

  @Operation(
      operationId = "makeWebhook",
      summary = "Have an address told; the answer has the secret, once")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping
  ResponseEntity<WebhookView> make(@RequestBody WebhookRequest request, Principal owner) {
    WebhookView made = webhooks.make(request, owner.getName());
    return ResponseEntity.created(URI.create("/api/v1/webhooks/" + made.id()))
        .cacheControl(CacheControl.noStore())
        .eTag(made.version())
        .body(made);
  }

  @Operation(operationId = "getWebhook", summary = "One of them")
  @GetMapping("/{id}")
  ResponseEntity<WebhookView> get(@PathVariable UUID id) {
    return answer(webhooks.get(id));
  }

  @Operation(operationId = "changeWebhook", summary = "Change or pause a webhook")
  @PutMapping("/{id}")
  ResponseEntity<WebhookView> change(
      @PathVariable UUID id,
      @RequestBody WebhookRequest request,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return answer(webhooks.change(id, request, ifMatch));
  }

  @Operation(operationId = "deleteWebhook", summary = "Delete a webhook with its log")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{id}")
  void delete(
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    webhooks.delete(id, ifMatch);
  }

  @Operation(operationId = "pingWebhook", summary = "Try whether a webhook arrives")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/{id}/pings")
  DeliveryView ping(@PathVariable UUID id) {
    return webhooks.ping(id);
  }

  @Operation(operationId = "listDeliveries", summary = "What became of what a webhook was told")
  @GetMapping("/{id}/deliveries")
  DeliveryList deliveries(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    List<DeliveryView> page = webhooks.deliveries(id, before(cursor), Cursor.limit(limit));
    return new DeliveryList(
        page, page.size() < limit ? null : Cursor.of(String.valueOf(page.getLast().id())));
  }

  @Operation(operationId = "redeliver", summary = "Send a delivery once more")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/{id}/deliveries/{delivery}/redeliveries")
  DeliveryView again(@PathVariable UUID id, @PathVariable UUID delivery) {
    return webhooks.again(id, delivery);
  }

  private static ResponseEntity<WebhookView> answer(WebhookView webhook) {
    return ResponseEntity.ok().eTag(webhook.version()).body(webhook);
  }

  private static @Nullable UUID before(@Nullable String cursor) {
    String key = Cursor.key(cursor);
    try {
      return key == null ? null : UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      throw Cursor.wrong(cursor);
    }
  }
}
