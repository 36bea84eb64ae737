// The forms of the reader: another value for a cell, and a new row.
class Correcting extends Desk {
  rests(words) {
    return make("p", words ? `rests on “${words.quote}”` : "no words are selected in the text", "cb-note");
  }

  correct() {
    const { row, column } = this.now;
    const { row: own, element } = this.rows.get(row);
    const words = this.text.selected();
    this.close();
    const declared = this.content.tables[own.table].columns.find(({ name }) => name === column);
    const field = this.field(own.table, declared, this.stated(row, column)[1]);
    const { form, fields } = this.form(`Correct ${plain(column)}`, async note => {
      const answer = await this.decide("change", { column, value: field.input.value, note, words });
      if (!answer.problem) this.close();
      return answer;
    });
    fields.append(field.box);
    if (words) fields.append(this.rests(words));
    element.append(form);
    this.reveal(this.list, form);
    field.input.focus({ preventScroll: true });
    field.input.select?.();
  }

  add() {
    const words = this.text.selected();
    const { tables, patients } = this.content;
    const first = this.now.row ? this.rows.get(this.now.row).row : null;
    this.close();
    const table = choice(Object.keys(tables).filter(name => name !== "conflicts"), first?.table === "conflicts" ? "sites" : first?.table || "sites");
    const patient = choice(patients, first?.case);
    let made = [];
    const { form, fields } = this.form("Add a row", async note => {
      const values = Object.fromEntries(made.filter(({ input }) => input.value).map(({ input }) => [input.name, input.value]));
      const answer = await this.decide("add", { table: table.value, case: patient.value, values, words, note });
      if (!answer.problem) {
        this.close();
        if (this.rows.has(answer.row)) this.choose(answer.row, null, true); // else persons differ on it
      }
      return answer;
    });
    const refill = () => {
      const { columns, key } = tables[table.value];
      made = columns.map(column => this.field(table.value, column, column.name === key && words ? words.quote : column.usual));
      fields.replaceChildren(head, this.rests(words), ...made.map(({ box }) => box));
      const filled = made.find(({ input }) => input.name === key);
      if (words) filled.input.dispatchEvent(new Event("input"));
      return filled.input;
    };
    const head = make("div", "", "cb-foot");
    head.append(table, patient);
    table.setAttribute("aria-label", "table");
    patient.setAttribute("aria-label", "patient");
    table.addEventListener("change", refill);
    this.slot.append(form);
    refill().focus({ preventScroll: true });
  }
}

