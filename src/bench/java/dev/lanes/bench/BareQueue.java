package dev.lanes.bench;

import dev.lanes.Application;
import dev.lanes.catalog.Measure;
import dev.lanes.host.Hosts;
import dev.lanes.protocol.Chunk;
import dev.lanes.result.CellEnding;
import dev.lanes.result.Results;
import dev.lanes.result.RoundEvidence;
import dev.lanes.result.RoundSamples;
import dev.lanes.run.IdleWorkers;
import dev.lanes.run.LeasedJob;
import dev.lanes.run.Leases;
import dev.lanes.run.OpenAttempts;
import dev.lanes.run.Submissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * The queue without HTTP: a second server on the same database, in this Java VM, whose classes are
 * called as its controllers call them, the check of the token included. So the statements are the
 * server's, through a pool of the server's size, whatever becomes of them.
 */
final class BareQueue implements QueueCalls, AutoCloseable {

  private final Fleet fleet;
  private final ConfigurableApplicationContext server;
  private final OpaqueTokenIntrospector tokens;
  private final Submissions submissions;
  private final Hosts hosts;
  private final IdleWorkers idle;
  private final Leases leases;
  private final OpenAttempts attempts;
  private final Results results;

  /**
   * @param home of the server whose database it is
   */
  BareQueue(Path home, Fleet fleet) throws IOException {
    this.fleet = fleet;
    String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(3).strip();
    this.server =
        new SpringApplicationBuilder(Application.class)
            .profiles("server")
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--lanes.home=" + home.resolve("bare"),
                "--lanes.access.local-tokens=false",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/lanes",
                "--spring.datasource.username=lanes",
                "--spring.datasource.password="
                    + Files.readString(home.resolve("postgres/password")).strip(),
                "--db-scheduler.enabled=false",
                "--logging.level.dev.lanes=warn");
    this.tokens = server.getBean(OpaqueTokenIntrospector.class);
    this.submissions = server.getBean(Submissions.class);
    this.hosts = server.getBean(Hosts.class);
    this.idle = server.getBean(IdleWorkers.class);
    this.leases = server.getBean(Leases.class);
    this.attempts = server.getBean(OpenAttempts.class);
    this.results = server.getBean(Results.class);
  }

  JdbcClient database() {
    return server.getBean(JdbcClient.class);
  }

  @Override
  public Dispatched dispatch(long pauseMs) throws InterruptedException {
    Thread.sleep(pauseMs);
    long submitted = System.nanoTime();
    tokens.introspect(fleet.submitter());
    submissions.submit(Fleet.single(), Fleet.owner(0), null);
    LeasedJob job =
        leases
            .next(seen(Fleet.ALONE), Fleet.agent(Fleet.ALONE))
            .orElseThrow(() -> new IllegalStateException("there is no job"));
    return new Dispatched(taken(Fleet.ALONE, job), (System.nanoTime() - submitted) / 1e9);
  }

  private UUID seen(int host) {
    return hosts.seen(Fleet.name(host), Fleet.agent(host)).orElseThrow();
  }

  @Override
  public Optional<Taken> next(int host) {
    tokens.introspect(fleet.worker(host));
    UUID id = seen(host);
    try (IdleWorkers.Waiter _ = idle.enter(id)) {
      return leases.next(id, Fleet.agent(host)).map(job -> taken(host, job));
    }
  }

  private static Taken taken(int host, LeasedJob job) {
    return new Taken(
        host, job.fence(), job.token(), job.cells().stream().map(cell -> cell.id()).toList());
  }

  @Override
  public void acknowledge(Taken job) {
    tokens.introspect(fleet.worker(job.host()));
    var standing = attempts.renew(seen(job.host()), job.fence(), "round 1", 12.5);
    if (standing != OpenAttempts.Standing.OPEN) {
      throw new IllegalStateException("attempt %d is %s".formatted(job.fence(), standing));
    }
  }

  @Override
  public void put(Taken job, int number, RoundChunk chunk) {
    tokens.introspect(fleet.worker(job.host()));
    results.store(
        job.fence(),
        job.token(),
        number,
        ServedQueue.sha256(chunk.body()),
        chunk.chunk().samples().stream().map(BareQueue::samples).toList(),
        chunk.chunk().rounds().stream().map(BareQueue::round).toList(),
        chunk.chunk().endings().stream().map(BareQueue::ending).toList());
  }

  private static RoundSamples samples(Chunk.RoundSamples sent) {
    return new RoundSamples(
        sent.cell(),
        Measure.of(sent.measure()).orElseThrow(),
        sent.round(),
        sent.warmups(),
        sent.values());
  }

  private static RoundEvidence round(Chunk.RoundEvidence sent) {
    return new RoundEvidence(
        sent.group(),
        sent.round(),
        sent.seconds(),
        sent.hashSeed(),
        RoundEvidence.Layout.valueOf(sent.layout().name()),
        sent.sentinels(),
        sent.counters(),
        sent.disturbances());
  }

  private static CellEnding ending(Chunk.CellEnding sent) {
    return new CellEnding(
        sent.cell(),
        sent.outcome(),
        sent.reason(),
        sent.evidence(),
        sent.build(),
        sent.rounds(),
        sent.loops(),
        sent.turns(),
        sent.warmups(),
        sent.imprecise(),
        sent.quality(),
        sent.qualityReasons(),
        sent.environment());
  }

  @Override
  public void complete(Taken job, int chunks) {
    tokens.introspect(fleet.worker(job.host()));
    String outcome = chunks > 0 ? "succeeded" : "cancelled";
    leases.complete(job.fence(), job.token(), outcome, chunks, null, Map.of());
  }

  @Override
  public void close() {
    server.close();
  }
}
