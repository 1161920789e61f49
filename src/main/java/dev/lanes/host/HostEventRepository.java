package dev.lanes.host;

import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface HostEventRepository extends Repository<HostEvent, Long> {

  List<HostEvent> findTop50ByHostIdOrderByIdDesc(UUID hostId);

  HostEvent save(HostEvent event);
}
