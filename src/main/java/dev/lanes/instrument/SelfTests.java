package dev.lanes.instrument;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes reports of benchmarks of the instrument in. */
@Service
@Transactional
class SelfTests {

  private final SelfTestRepository reports;
  private final Audit audit;
  private final Clock clock;

  SelfTests(SelfTestRepository reports, Audit audit, Clock clock) {
    this.reports = reports;
    this.audit = audit;
    this.clock = clock;
  }

  /** Keeps a report as it was sent. */
  SelfTest keep(Report report, String reporter) {
    SelfTest kept = reports.save(new SelfTest(report, reporter, clock.instant()));
    audit.append(
        AuditAction.SELF_TEST_REPORTED,
        kept.id(),
        Map.of("name", report.name(), "host", report.host(), "passed", report.passed()));
    return kept;
  }
}
