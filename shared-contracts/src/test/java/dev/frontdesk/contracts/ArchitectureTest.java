package dev.frontdesk.contracts;

import dev.frontdesk.testsupport.architecture.HouseRules;

class ArchitectureTest implements HouseRules {}
