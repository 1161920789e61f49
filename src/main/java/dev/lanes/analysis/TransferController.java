package dev.lanes.analysis;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TransferController {

  private final Transfers transfers;

  TransferController(Transfers transfers) {
    this.transfers = transfers;
  }

  /**
   * Every mechanism and payload of a run; none where the run did not measure transfers.
   *
   * @param confidence of every interval
   */
  record TransferList(UUID run, double confidence, List<Transfer> items) {}

  @Operation(
      operationId = "listTransfers",
      summary = "Latency and bandwidth of the transfers of a run")
  @GetMapping("/api/v1/transfers")
  TransferList list(@RequestParam UUID run) {
    return new TransferList(run, 0.95, transfers.of(run));
  }
}
