package dev.frontdesk.testsupport.architecture.wrong.circle.payments;

import dev.frontdesk.testsupport.architecture.wrong.circle.orders.Order;
import java.util.List;

public record Payment(List<Order> orders) {}
