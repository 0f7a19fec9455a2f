package dev.frontdesk.testsupport.architecture.wrong.layers.service;

record Accounts() {}
