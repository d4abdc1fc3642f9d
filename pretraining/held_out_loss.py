"""Loss on random tables that no training has seen, of one or several exported models on the same documents.

python pretraining/held_out_loss.py base-model [OTHER_FOLDER …] --config small-cpu --batches 100

The loss is the training loss at full difficulty: nats for each asked token, mostly the first of a row's answer. With the
weights of several moments of a training it is that training's curve, free of the noise of its batches.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from data import BatchMaker
from documents import Mixture
from export import trainer_weights
from model import Decoder, ModelShape
from pretrain import batch_loss, batch_shape, changed, read_config

# Training takes its seeds from the configurations, which are small numbers.
HELD_OUT_SEED = [987654321]


def load(folder: Path) -> tuple[Decoder, Tokenizer]:
    """The decoder of an exported folder, and its tokenizer."""
    config = json.loads((folder / 'config.json').read_text())
    shape = ModelShape(
        vocab=config['vocab_size'],
        hidden=config['hidden_size'],
        layers=config['num_hidden_layers'],
        heads=config['num_attention_heads'],
        intermediate=config['intermediate_size'],
        context=config['max_position_embeddings'],
    )
    model = Decoder(shape)
    model.load_state_dict(trainer_weights(folder, shape.layers))
    return model, Tokenizer.from_file(str(folder / 'tokenizer.json'))


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folders', nargs='+', type=Path)
    parser.add_argument('--config', default='small-cpu')
    parser.add_argument('--batches', type=int, default=100)
    parser.add_argument('--set', action='append', default=[], help='dotted.key=json, overrides one setting')
    arguments = parser.parse_args()
    config = changed(read_config(arguments.config), arguments.set)
    shape = batch_shape(config)
    loaded = [load(folder) for folder in arguments.folders]
    maker = BatchMaker(loaded[0][1], Mixture(**config['mixture']), shape, HELD_OUT_SEED)
    losses: list[list[float]] = [[] for _ in loaded]
    for _ in range(arguments.batches):
        batch = maker.next(1.0)
        tokens = torch.from_numpy(batch.tokens).long()
        for (model, _), values in zip(loaded, losses, strict=True):
            values.append(float(batch_loss(model, model.hidden(tokens), batch, torch.device('cpu'))))
    table = torch.tensor(losses, dtype=torch.float64)
    for folder, values in zip(arguments.folders, table, strict=True):
        # Of the differences from the first, as all have the same documents.
        error = (values - table[0]).std() / len(values) ** 0.5
        print(f'{folder}: {values.mean():.4f} ({values.mean() - table[0].mean():+.4f} ± {error:.4f})')


if __name__ == '__main__':
    main()
