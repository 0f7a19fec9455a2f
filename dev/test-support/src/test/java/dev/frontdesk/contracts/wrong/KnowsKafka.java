package dev.frontdesk.contracts.wrong;

import org.apache.kafka.common.TopicPartition;

record KnowsKafka(TopicPartition partition) {}
